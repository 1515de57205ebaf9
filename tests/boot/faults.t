#!/bin/sh
# faults.t -- the runner survives one fault of each kind; `tests/tools/faults 60 --seed=N` injects
# more

exec timeout 400 tests/tools/faults --build="${BUILD:-build}"
