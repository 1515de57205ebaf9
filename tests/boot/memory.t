#!/bin/sh
# memory.t -- 8 MiB are enough for the whole suite

exec timeout 1200 ./trapline run --platform=bochs --build="${BUILD:-build}" --memory=8 log=failures
