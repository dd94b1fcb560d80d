// Command peer is what people would write in Go instead: the reference implementation of image references, Kubernetes'
// own types with encoding/json, and a webhook made of both. It measures itself or serves.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o peer peer.go
//	peer measure references.json review.json 1s    figures as JSON
//	peer serve ADDRESS CERTIFICATE KEY             the webhook, HTTP/1.1 and HTTP/2
package main

import (
	_ "crypto/sha256"
	_ "crypto/sha512"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/distribution/reference"
	imagepolicy "k8s.io/api/imagepolicy/v1alpha1"
)

type figure struct {
	Nanos  float64 `json:"nanos"`
	Bytes  float64 `json:"bytes"`
	Allocs float64 `json:"allocs"`
}

func main() {
	if len(os.Args) != 5 {
		log.Fatal("expected: measure REFERENCES REVIEW TIME, or serve ADDRESS CERTIFICATE KEY")
	}
	switch os.Args[1] {
	case "measure":
		measure(os.Args[2], os.Args[3], os.Args[4])
	case "serve":
		http.HandleFunc("/image_policy", review)
		log.Fatal(http.ListenAndServeTLS(os.Args[2], os.Args[3], os.Args[4], nil))
	default:
		log.Fatalf("unknown command %q", os.Args[1])
	}
}

func measure(referencesFile, reviewFile, duration string) {
	testing.Init()
	must(flag.Set("test.benchtime", duration))
	var references []string
	must(json.Unmarshal(read(referencesFile), &references))
	body := read(reviewFile)
	must(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"go":    runtime.Version(),
		"parse": run(len(references), func() { parseAll(references) }),
		"json":  run(1, func() { decodeAndEncode(body) }),
		"review": run(1, func() {
			if answer, err := judge(body); err != nil || !strings.Contains(string(answer), `"allowed":true`) {
				log.Fatal("wrong answer ", string(answer), err)
			}
		}),
	}))
}

func run(operations int, work func()) figure {
	result := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			work()
		}
	})
	n := float64(operations)
	return figure{
		Nanos:  float64(result.T.Nanoseconds()) / float64(result.N) / n,
		Bytes:  float64(result.AllocedBytesPerOp()) / n,
		Allocs: float64(result.AllocsPerOp()) / n,
	}
}

func parseAll(references []string) {
	for _, text := range references {
		if _, err := reference.ParseNormalizedNamed(text); err != nil {
			log.Fatal(text, err)
		}
	}
}

func decodeAndEncode(body []byte) {
	var review imagepolicy.ImageReview
	must(json.Unmarshal(body, &review))
	review.Status.Allowed = true
	if _, err := json.Marshal(&review); err != nil {
		log.Fatal(err)
	}
}

// judge does what Imagegate's default policy does: every image has a tag that is not latest, or a digest.
func judge(body []byte) ([]byte, error) {
	var review imagepolicy.ImageReview
	if err := json.Unmarshal(body, &review); err != nil {
		return nil, err
	}
	var reasons []string
	for i, container := range review.Spec.Containers {
		if problem := problemOf(container.Image); problem != "" {
			reasons = append(reasons, fmt.Sprintf("containers[%d] %q: %s", i, container.Image, problem))
		}
	}
	if len(review.Spec.Containers) == 0 {
		reasons = append(reasons, "no images")
	}
	review.Status = imagepolicy.ImageReviewStatus{Allowed: len(reasons) == 0, Reason: strings.Join(reasons, "; ")}
	return json.Marshal(&review)
}

func problemOf(image string) string {
	name, err := reference.ParseNormalizedNamed(image)
	if err != nil {
		return err.Error()
	}
	tag := ""
	if tagged, ok := name.(reference.Tagged); ok {
		tag = tagged.Tag()
	}
	_, digested := name.(reference.Digested)
	if tag == "latest" || tag == "" && !digested {
		return "expected a fixed tag"
	}
	return ""
}

func review(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	if err == nil {
		var answer []byte
		if answer, err = judge(body); err == nil {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(answer)
			return
		}
	}
	http.Error(w, err.Error(), http.StatusBadRequest)
}

func read(file string) []byte {
	content, err := os.ReadFile(file)
	must(err)
	return content
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
