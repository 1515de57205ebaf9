%include "scenario.inc"

scenario no_quotes
scenario "a second one"
