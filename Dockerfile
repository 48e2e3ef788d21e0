# The plots for hosts without Lambda: the trees of `sam build`, and the gateway in front of them.
# `make container` builds it; docs/operations.md says how it is run. Any image with Python 3.13 can be its base.
ARG BASE=python:3.13-slim-trixie
FROM ${BASE}
# An environment of its own, so that packages of the base stay outside.
RUN python3 -m venv --without-pip --symlinks /opt/plotgate \
 && echo /opt/python > /opt/plotgate/lib/python3.13/site-packages/layers.pth
COPY python /opt/python
COPY sbom.cdx.json /opt/sbom.cdx.json
COPY plots /srv/plots
ENV PATH=/opt/plotgate/bin:/usr/bin:/bin LANG=C.UTF-8 TZ=UTC PORT=8080 \
    PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0 PYTHONUNBUFFERED=1
WORKDIR /srv/plots
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["python3", "-c", "import http.client, os, sys\n\
asked = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=2)\n\
asked.request('GET', '/healthz')\n\
sys.exit(asked.getresponse().status != 200)"]
ENTRYPOINT ["python3", "-m", "plotgate.local.commands.host"]
