// Command dockerfile-oracle tells, for each Dockerfile on standard input (one JSON string a line), which images BuildKit's own
// packages find in it: one JSON object a line.
//
// Build (Debian: apt-get install golang-go golang-github-docker-docker-dev golang-github-agext-levenshtein-dev):
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o dockerfile-oracle .
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

type answer struct {
	Err    string   `json:"error,omitempty"`
	Images []string `json:"images"`
}

// images does what dockerfile2llb does before it looks for images. BuildKit panics at ${A#}.
func images(text string) (found []string, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("panic: %v", panicked)
		}
	}()
	found = []string{}
	if syntax, _, _, ok := parser.DetectSyntax([]byte(text)); ok {
		found = append(found, syntax)
	}
	result, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	stages, arguments, err := instructions.Parse(result.AST)
	if err != nil {
		return nil, err
	}
	if len(stages) == 0 {
		return nil, errors.New("no stages")
	}
	lex := shell.NewLex(result.EscapeToken)
	values := map[string]string{}
	for _, command := range arguments {
		for _, argument := range command.Args {
			value := ""
			if argument.Value != nil {
				value, _, _ = lex.ProcessWordWithMatches(*argument.Value, values)
			}
			values[argument.Key] = value
		}
	}
	names := map[string]bool{"scratch": true}
	for _, stage := range stages {
		base, _, err := lex.ProcessWordWithMatches(stage.BaseName, values)
		if err != nil {
			return nil, err
		}
		if base == "" {
			return nil, errors.New("blank base")
		}
		if !names[base] {
			found = append(found, base)
		}
		if stage.Name != "" {
			names[strings.ToLower(stage.Name)] = true
		}
	}
	for _, stage := range stages {
		for _, command := range stage.Commands {
			switch c := command.(type) {
			case *instructions.CopyCommand:
				index, err := strconv.Atoi(c.From)
				if err == nil && (index < 0 || index >= len(stages)) {
					return nil, fmt.Errorf("no stage %d", index)
				}
				if c.From != "" && err != nil && !names[strings.ToLower(c.From)] {
					found = append(found, c.From)
				}
			case *instructions.RunCommand:
				for _, mount := range instructions.GetMounts(c) {
					if mount.From != "" && !names[strings.ToLower(mount.From)] {
						found = append(found, mount.From)
					}
				}
			}
		}
	}
	return found, nil
}

func main() {
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	for decoder.More() {
		var text string
		if err := decoder.Decode(&text); err != nil {
			fmt.Fprintln(os.Stderr, "oracle:", err)
			out.Flush()
			os.Exit(1)
		}
		found, err := images(text)
		a := answer{Images: found}
		if err != nil {
			a = answer{Err: err.Error(), Images: []string{}}
		}
		if err := encoder.Encode(a); err != nil {
			panic(err)
		}
	}
}
