#!/bin/sh
# suite.t -- the whole suite, as the ISO boots it on Bochs

exec timeout 1200 ./trapline run --platform=bochs --build="${BUILD:-build}" --iso
