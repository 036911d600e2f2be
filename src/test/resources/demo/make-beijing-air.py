#!/usr/bin/env python3
"""Makes beijing-air.csv.gz from the twelve files of the data set: the data rows of some months, byte for byte, hour by hour, in one file.

    python3 make-beijing-air.py <folder with PRSA_Data_*.csv.gz> beijing-air.csv.gz

Within an hour the stations come in the alphabetical order of their names. The same input gives the same bytes.
"""
import glob
import gzip
import sys

MONTHS = {(2013, 3), (2013, 8), (2014, 12), (2015, 6), (2015, 12), (2016, 2), (2016, 12), (2017, 1)}


def hour(row):
    return tuple(int(field) for field in row.split(b",")[1:5])


rows = []
for file in sorted(glob.glob(sys.argv[1] + "/PRSA_Data_*.csv.gz")):
    with gzip.open(file) as lines:
        next(lines)
        rows += [(hour(row), row) for row in lines if hour(row)[:2] in MONTHS]
rows.sort(key=lambda pair: pair[0])
with open(sys.argv[2], "wb") as out, gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as excerpt:
    excerpt.writelines(row for _, row in rows)
