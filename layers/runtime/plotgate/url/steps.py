"""The steps of a day in a time zone, also where its clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Steps:
    """The multiples of `step` since each midnight in the time zone `zone`; `step` divides a day."""

    zone: str
    step: timedelta

    @property
    def tzinfo(self) -> "ZoneInfo":
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.zone)

    def local(self, moment: datetime) -> datetime:
        """`moment` in the zone; of one over which clocks are put forward, as much later as they are."""
        return utc(moment).astimezone(self.tzinfo)

    def midnight(self, day: date) -> datetime:
        """The first moment of `day`."""
        return self.local(datetime(day.year, day.month, day.day, tzinfo=self.tzinfo))

    def day(self, moment: datetime) -> date:
        """The day whose midnight is the last that is not after `moment`.

        It is not always that of the calendar: clocks were put back over midnight, and forward over it.
        """
        day = self.local(moment).date()
        if utc(self.midnight(day)) > utc(moment):
            return day - DAY
        return day + DAY if utc(self.midnight(day + DAY)) <= utc(moment) else day

    def floor(self, moment: datetime) -> datetime:
        """The last multiple that is not after `moment`."""
        midnight = self.midnight(self.day(moment))
        if self.step == DAY:
            return midnight
        elapsed = utc(moment) - utc(midnight)
        return self.local(utc(midnight) + elapsed // self.step * self.step)

    def ceiling(self, moment: datetime) -> datetime:
        """The first multiple that is not before `moment`."""
        floor = self.floor(moment)
        return floor if utc(floor) == utc(moment) else self.end(moment)

    def end(self, moment: datetime) -> datetime:
        """The first multiple that is after `moment`: the end of the step that it is in."""
        tomorrow = self.midnight(self.day(moment) + DAY)
        if self.step == DAY:
            return tomorrow
        # The last step of a day may be shorter, where clocks change.
        return self.local(min(utc(tomorrow), utc(self.floor(moment)) + self.step))


def utc(moment: datetime) -> datetime:
    """`moment` in UTC: times of one other zone are compared and subtracted as if its clocks never changed."""
    return moment.astimezone(UTC)
