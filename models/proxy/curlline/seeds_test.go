package curlline

// FuzzSeeds are command lines with which the fuzz test starts.
var FuzzSeeds = []string{
	`curl -sSLX POST 'https://x.example/a?b=c#d' -H "A: $B" -d @e --data-urlencode f@g -G`,
	"curl ^\"https://x.example^\" ^\n -H ^\"a: ^\\^\"b^\\^\"^\"", `curl $'\u00e9\ud83d\ude00\x41\c'`,
	"A=1 curl -d @- x <<-E\n\t$a ${b} `c`\nE\n", `curl -F 'a=@b;type=c/d;filename="e"' -F f=<g --form-string h=i x`,
	`curl --x=1 --y 2 -- x 2>&1 | jq`, "curl x \\ \r\n -T - < y",
	`curl --json {} --url-query +a=b u:p@x -I`, `curl "a`, `curl 'a`, "curl \\", "curl -", "$(curl)",
	"curl x -H @y -o z -u a:b -b c=d", `curl --url=x --next`, "curl ${", "curl %A% ^", "curl x --no-location -0:#",
	"curl https://x/<A B>/c?d=1&e=2 -r 6", "curl.exe \"https://x\" -d \"{\"\"a\"\":1}\"", "curl x>y|z;w", "iwr x `\n -Body @{a=b}",
	"curl x -T d/e.png --request-target /c -A a -e b", "curl ^\"x?a=b&c=<d>^\"\n-H y", "curl “x” –d", "curl {a,b}[1-2] -F 'a= b ' # c",
}
