package nango

// Operation names an operation of Nango's API in the words of this program, such as "connection.delete".
type Operation string
