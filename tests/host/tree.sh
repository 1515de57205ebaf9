# tree.sh -- copies of this tree, for tests that build elsewhere; needs tap.sh before it
#
#       copy_tree FOLDER                copies the tree, and the build folder to FOLDER/build
#
# shellcheck shell=sh

# The copies keep their time stamps, so that make takes them as up to date.
copy_tree() {
	mkdir -p "$1/build"
	tar --exclude=./.git --exclude=./build -cf - . | tar -C "$1" -xf -
	tar -C "$BUILD" --exclude=./host --exclude=./kvm --exclude=./tap -cf - . | tar -C "$1/build" -xf -
}
