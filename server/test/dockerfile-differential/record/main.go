// Answers, as JSON, what BuildKit makes of the Dockerfiles and of the words that come in on standard input. See README.md.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"unicode"

	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
	"github.com/pkg/errors"
)

type question struct {
	Files []string `json:"files"`
	Words []word   `json:"words"`
}

type word struct {
	Word   string            `json:"word"`
	Escape string            `json:"escape"`
	Env    map[string]string `json:"env"`
}

type answer struct {
	Files []file       `json:"files"`
	Words []wordAnswer `json:"words"`
}

// Refusal is one that BuildKit gives; `step` is `parse`, `instructions` or `convert`.
type refusal struct {
	Step    string `json:"step"`
	Message string `json:"message"`
	Line    int    `json:"line"`
}

type file struct {
	Refused    *refusal    `json:"refused,omitempty"`
	Escape     string      `json:"escape,omitempty"`
	Directives [][2]string `json:"directives,omitempty"`
	Nodes      []node      `json:"nodes,omitempty"`
	Image      *image      `json:"image,omitempty"`
	Warnings   []string    `json:"warnings,omitempty"`
}

type node struct {
	Keyword  string    `json:"keyword"`
	Lines    [2]int    `json:"lines"`
	Flags    []string  `json:"flags,omitempty"`
	Json     bool      `json:"json,omitempty"`
	Args     []string  `json:"args,omitempty"`
	Trigger  *node     `json:"trigger,omitempty"`
	Heredocs []heredoc `json:"heredocs,omitempty"`
	Refused  string    `json:"refused,omitempty"`
}

type heredoc struct {
	Name    string `json:"name"`
	Expand  bool   `json:"expand,omitempty"`
	Chomp   bool   `json:"chomp,omitempty"`
	Fd      uint   `json:"fd,omitempty"`
	Content string `json:"content"`
}

type image struct {
	Env         []string          `json:"env,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Ports       []string          `json:"ports,omitempty"`
	Volumes     []string          `json:"volumes,omitempty"`
	User        string            `json:"user,omitempty"`
	Workdir     string            `json:"workdir,omitempty"`
	StopSignal  string            `json:"stopSignal,omitempty"`
	Cmd         []string          `json:"cmd,omitempty"`
	Entrypoint  []string          `json:"entrypoint,omitempty"`
	Shell       []string          `json:"shell,omitempty"`
	OnBuild     []string          `json:"onbuild,omitempty"`
	Healthcheck []string          `json:"healthcheck,omitempty"`
}

type wordAnswer struct {
	Is      *string `json:"is,omitempty"`
	Refused string  `json:"refused,omitempty"`
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		panic(err)
	}
	out := answer{}
	for _, text := range asked.Files {
		out.Files = append(out.Files, readFile([]byte(text)))
	}
	for _, w := range asked.Words {
		out.Words = append(out.Words, readWord(w))
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		panic(err)
	}
}

func readWord(w word) wordAnswer {
	env := []string{}
	for name, value := range w.Env {
		env = append(env, name+"="+value)
	}
	escape := []rune(w.Escape)[0]
	is, _, err := shell.NewLex(escape).ProcessWord(w.Word, shell.EnvsFromSlice(env))
	if err != nil {
		return wordAnswer{Refused: err.Error()}
	}
	return wordAnswer{Is: &is}
}

func readFile(text []byte) (out file) {
	directives := parser.DirectiveParser{}
	for _, line := range bytes.Split(bytes.TrimPrefix(text, []byte{0xEF, 0xBB, 0xBF}), []byte("\n")) {
		// As the parser does, which stops at the first line that is no directive.
		line = bytes.TrimLeftFunc(bytes.TrimRight(line, "\r"), unicode.IsSpace)
		d, err := directives.ParseLine(line)
		if d == nil || err != nil {
			break
		}
		out.Directives = append(out.Directives, [2]string{d.Name, d.Value})
	}
	defer func() {
		if trouble := recover(); trouble != nil {
			out.Refused = &refusal{Step: "panic", Message: fmt.Sprint(trouble)}
		}
	}()
	parsed, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		out.Refused = refusalOf("parse", err)
		return out
	}
	out.Escape = string(parsed.EscapeToken)
	for _, n := range parsed.AST.Children {
		out.Nodes = append(out.Nodes, readNode(n))
	}
	again, _ := parser.Parse(bytes.NewReader(text))
	if _, _, err := instructions.Parse(again.AST, nil); err != nil {
		out.Refused = refusalOf("instructions", err)
		return out
	}
	convert(text, &out)
	return out
}

func refusalOf(step string, err error) *refusal {
	line := 0
	var located *parser.LocationError
	if errors.As(err, &located) && len(located.Locations) > 0 && len(located.Locations[0]) > 0 {
		line = located.Locations[0][0].Start.Line
	}
	return &refusal{Step: step, Message: err.Error(), Line: line}
}

func readNode(n *parser.Node) node {
	out := node{Keyword: n.Value, Lines: [2]int{n.StartLine, n.EndLine}, Flags: n.Flags, Json: n.Attributes["json"]}
	for next := n.Next; next != nil; next = next.Next {
		if len(next.Children) == 1 {
			inner := readNode(next.Children[0])
			inner.Lines = [2]int{}
			inner.Heredocs = nil
			out.Trigger = &inner
		} else {
			out.Args = append(out.Args, next.Value)
		}
	}
	for _, h := range n.Heredocs {
		out.Heredocs = append(out.Heredocs, heredoc{h.Name, h.Expand, h.Chomp, h.FileDescriptor, h.Content})
	}
	if _, err := instructions.ParseInstruction(n); err != nil {
		out.Refused = err.Error()
	}
	return out
}

type anyImage struct{}

func (anyImage) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	config := []byte(`{"architecture":"amd64","os":"linux","config":{}}`)
	return ref, digest.FromBytes(config), config, nil
}

func convert(text []byte, out *file) {
	platform := ocispecs.Platform{OS: "linux", Architecture: "amd64"}
	opt := dockerfile2llb.ConvertOpt{MetaResolver: anyImage{}, AllStages: true, TargetPlatform: &platform}
	caps := pb.Caps.CapSet(pb.Caps.All())
	opt.LLBCaps = &caps
	opt.BuildPlatforms = []ocispecs.Platform{platform}
	opt.Warn = func(name, _, _, _ string, location []parser.Range) {
		line := 0
		if len(location) > 0 {
			line = location[0].Start.Line
		}
		out.Warnings = append(out.Warnings, fmt.Sprintf("%d %s", line, name))
	}
	_, img, _, _, err := dockerfile2llb.Dockerfile2LLB(context.Background(), text, opt)
	if err != nil {
		out.Refused = refusalOf("convert", err)
		return
	}
	c := img.Config
	made := &image{
		Labels: c.Labels, User: c.User, Workdir: c.WorkingDir, StopSignal: c.StopSignal, Cmd: c.Cmd,
		Entrypoint: c.Entrypoint, Shell: c.Shell, OnBuild: c.OnBuild,
	}
	for _, env := range c.Env {
		if len(env) < 5 || env[:5] != "PATH=" {
			made.Env = append(made.Env, env)
		}
	}
	for port := range c.ExposedPorts {
		made.Ports = append(made.Ports, port)
	}
	for volume := range c.Volumes {
		made.Volumes = append(made.Volumes, volume)
	}
	sort.Strings(made.Ports)
	sort.Strings(made.Volumes)
	if c.Healthcheck != nil {
		made.Healthcheck = c.Healthcheck.Test
	}
	out.Image = made
}
