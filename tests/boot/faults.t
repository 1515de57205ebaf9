#!/bin/sh
# faults.t -- one injected fault of each kind; `tests/faults 60 --seed=N` makes more

exec timeout 400 tests/faults --build="${BUILD:-build}"
