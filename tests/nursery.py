"""What the process that `running` forks its programs from reads, once for all of them."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import boto3
import botocore.session

import sendeturm

CHOSEN_LATE = ("sendeturm.cli", "sendeturm.__main__")
"""The command line's words are translated while it is read, in the language of each run."""

for found in pkgutil.walk_packages(sendeturm.__path__, "sendeturm."):
    if not found.name.startswith(CHOSEN_LATE):
        importlib.import_module(found.name)

botocore.session.create_loader = cache(botocore.session.create_loader)
boto3.session.Session("-", "-").client("s3", region_name="eu")  # it reads what S3 is
