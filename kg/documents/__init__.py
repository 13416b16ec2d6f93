"""Raw record -> Document. One plugin file per format; the modules without `recognises` are shared by them."""
