"""The clock by which people here read the moments of the records, which are kept in UTC."""

from datetime import timedelta, timezone

# No other offset since 1975 and no summer time, so that no time zone files are needed.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
