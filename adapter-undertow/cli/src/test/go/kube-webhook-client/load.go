package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"sort"
	"sync"
	"time"

	"k8s.io/api/imagepolicy/v1alpha1"
)

// question is an image and all answers to it that are right, as regular expressions; the first is the usual one.
type question struct {
	Image   string
	Answers []*pattern
}

// pattern matches whole answers.
type pattern struct{ *regexp.Regexp }

func (p *pattern) UnmarshalText(text []byte) (err error) {
	p.Regexp, err = regexp.Compile("^(?s:" + string(text) + ")$")
	return err
}

// isAnsweredBy tells which of the right answers it is, or -1.
func (q question) isAnsweredBy(answer string) int {
	for i, right := range q.Answers {
		if right.MatchString(answer) {
			return i
		}
	}
	return -1
}

// count is what became of the reviews.
type count struct {
	sync.Mutex
	sent, answered, otherwise, wrong, lost, retried int
	longest                                         time.Duration
	problems                                        map[string]int
}

func (c *count) note(q question, status v1alpha1.ImageReviewStatus, tries int, took time.Duration, err error) {
	c.Lock()
	defer c.Unlock()
	if tries > 1 {
		c.retried++
	}
	if took > c.longest {
		c.longest = took
	}
	if err != nil {
		c.lost++
		c.problems["lost: "+err.Error()]++
		return
	}
	c.answered++
	switch which := q.isAnsweredBy(told(status)); {
	case which < 0:
		c.wrong++
		c.problems["wrong: "+q.Image+": "+told(status)]++
	case which > 0:
		c.otherwise++
	}
}

func (c *count) line(since time.Time) string {
	c.Lock()
	defer c.Unlock()
	return fmt.Sprintf("rate %.0f sent %d answered %d otherwise %d wrong %d lost %d retried %d longest %d ms",
		float64(c.answered)/time.Since(since).Seconds(), c.sent, c.answered, c.otherwise, c.wrong, c.lost, c.retried,
		c.longest.Milliseconds())
}

// hold asks at a rate until standard input ends. It prints the counts as they grow and at the end, and then each problem.
func hold(file, kubeconfig string, backoff time.Duration, webhooks, concurrency, rate int) {
	var questions []question
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &questions)
	}
	hooks := make([]*webhook, webhooks)
	for i := 0; i < webhooks && err == nil; i++ {
		hooks[i], err = newWebhook(kubeconfig, backoff)
	}
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	counts := &count{problems: map[string]int{}}
	start := time.Now()
	end := make(chan struct{})
	var askers sync.WaitGroup
	for i := 0; i < concurrency; i++ {
		askers.Add(1)
		go func(i int) {
			defer askers.Done()
			ask(hooks[i%webhooks], questions, i, time.Second*time.Duration(concurrency)/time.Duration(rate), counts, end)
		}(i)
	}
	go func() {
		for {
			time.Sleep(100 * time.Millisecond)
			fmt.Println(counts.line(start))
		}
	}()
	io.Copy(io.Discard, os.Stdin)
	close(end)
	askers.Wait()
	counts.report(start)
}

func ask(hook *webhook, questions []question, first int, pace time.Duration, counts *count, end chan struct{}) {
	ticks := time.NewTicker(pace)
	defer ticks.Stop()
	for n := first; ; n++ {
		select {
		case <-end:
			return
		case <-ticks.C:
		}
		q := questions[n%len(questions)]
		review := v1alpha1.ImageReview{Spec: v1alpha1.ImageReviewSpec{
			Namespace: "default", Containers: []v1alpha1.ImageReviewContainerSpec{{Image: q.Image}}}}
		counts.Lock()
		counts.sent++
		counts.Unlock()
		began := time.Now()
		status, tries, err := hook.ask(&review)
		counts.note(q, status, tries, time.Since(began), err)
	}
}

func (c *count) report(since time.Time) {
	line := c.line(since)
	c.Lock()
	defer c.Unlock()
	fmt.Println("total:", line)
	names := []string{}
	for name := range c.problems {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Println(c.problems[name], "x", name)
	}
}
