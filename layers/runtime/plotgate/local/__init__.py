"""What only runs on your machine: the gateway and its command line. Nothing that is deployed imports it."""
