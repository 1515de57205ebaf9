# tree.sh -- copies of this tree, for tests that build or stand elsewhere: after tap.sh
#
#       copy_tree FOLDER                the tree and what was built of it, in its folder build
#
# shellcheck shell=sh

# Time stamps stay, so that make finds all of it up to date.
copy_tree() {
	mkdir -p "$1/build"
	tar --exclude=./.git --exclude=./build -cf - . | tar -C "$1" -xf -
	tar -C "$BUILD" --exclude=./host --exclude=./kvm --exclude=./tap -cf - . | tar -C "$1/build" -xf -
}
