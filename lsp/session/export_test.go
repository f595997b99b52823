package session

// ProcessAlive is for tests.
var ProcessAlive = processAlive
