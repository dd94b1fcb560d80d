// Command create-pods creates pods in a cluster as fast as its clients can, tries nothing again, and deletes nothing.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o create-pods .
//	create-pods -kubeconfig KUBECONFIG -prefix web- -pods 2000 -concurrency 400 -connections 4 IMAGE
//
// It prints "created N failed M seconds S slowest T", then each error with its count. Exit status 0 when every pod was created.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"regexp"
	"sort"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

var numbers = regexp.MustCompile(`[0-9]+`)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "kubeconfig of the cluster")
	prefix := flag.String("prefix", "pod-", "start of the pods' names")
	pods := flag.Int("pods", 2000, "pods to create")
	concurrency := flag.Int("concurrency", 400, "clients at once")
	connections := flag.Int("connections", 4, "connections that they share")
	most := flag.Int("lost", 0, "begins no more pods when more than so many were not created; 0: all the same")
	flag.Parse()

	clients := make([]*rest.RESTClient, *connections)
	for i := range clients {
		client, err := connect(*kubeconfig)
		if err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		clients[i] = client
	}
	var lock sync.Mutex
	created, failed, next, problems, slowest := 0, 0, 0, map[string]int{}, time.Duration(0)
	var askers sync.WaitGroup
	start := time.Now()
	for i := 0; i < *concurrency; i++ {
		askers.Add(1)
		go func(client *rest.RESTClient) {
			defer askers.Done()
			for {
				lock.Lock()
				n := next
				next++
				done := n >= *pods || *most > 0 && failed > *most
				lock.Unlock()
				if done {
					return
				}
				begun := time.Now()
				err := create(client, fmt.Sprintf("%s%d", *prefix, n), flag.Arg(0))
				lock.Lock()
				if took := time.Since(begun); took > slowest {
					slowest = took
				}
				if err == nil {
					created++
				} else {
					failed++
					problems[numbers.ReplaceAllString(err.Error(), "N")]++
				}
				lock.Unlock()
			}
		}(clients[i%len(clients)])
	}
	askers.Wait()
	fmt.Printf("created %d failed %d seconds %.1f slowest %.1f\n", created, failed, time.Since(start).Seconds(), slowest.Seconds())
	names := []string{}
	for name := range problems {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Println(problems[name], "x", name)
	}
	if created < *pods {
		os.Exit(1)
	}
}

func connect(kubeconfig string) (*rest.RESTClient, error) {
	scheme := runtime.NewScheme()
	if err := corev1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1
	config.Timeout = time.Minute
	config.APIPath = "/api"
	config.GroupVersion = &schema.GroupVersion{Version: "v1"}
	config.NegotiatedSerializer = serializer.NewCodecFactory(scheme).WithoutConversion()
	// Clients with the same dialer would share one connection.
	config.Dial = (&net.Dialer{Timeout: 30 * time.Second}).DialContext
	return rest.RESTClientFor(config)
}

func create(client *rest.RESTClient, name, image string) error {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       corev1.PodSpec{Containers: []corev1.Container{{Name: "web", Image: image}}},
	}
	// A pod that the API server refuses with a time to wait would be sent again.
	return client.Post().Namespace("default").Resource("pods").MaxRetries(0).Body(pod).Do(context.Background()).Error()
}
