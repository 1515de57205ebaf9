#!/bin/sh
# faults.t -- one injected fault of each kind; `tests/tools/faults 60 --seed=N` makes more

exec timeout 400 tests/tools/faults --build="${BUILD:-build}"
