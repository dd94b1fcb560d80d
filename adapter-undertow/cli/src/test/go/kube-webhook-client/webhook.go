package main

import (
	"context"
	"fmt"
	"net"
	"time"

	"k8s.io/api/imagepolicy/v1alpha1"
	"k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilnet "k8s.io/apimachinery/pkg/util/net"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// webhook asks as the plugin of one API server does.
type webhook struct {
	client  *rest.RESTClient
	backoff time.Duration
}

func newWebhook(kubeconfig string, backoff time.Duration) (*webhook, error) {
	scheme := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		return nil, err
	}
	config, err := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(
		&clientcmd.ClientConfigLoadingRules{ExplicitPath: kubeconfig}, &clientcmd.ConfigOverrides{}).ClientConfig()
	if err != nil {
		return nil, err
	}
	config.QPS = -1
	config.Timeout = 30 * time.Second
	config.ContentConfig.NegotiatedSerializer = serializer.NegotiatedSerializerWrapper(runtime.SerializerInfo{
		Serializer: serializer.NewCodecFactory(scheme).LegacyCodec(v1alpha1.SchemeGroupVersion)})
	// Webhooks with the same dialer would share one connection, as those of two API servers never do.
	config.Dial = (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	client, err := rest.UnversionedRESTClientFor(config)
	return &webhook{client, backoff}, err
}

// ask gets a decision, in as many tries as an API server makes, and tells how many it took.
func (w *webhook) ask(review *v1alpha1.ImageReview) (v1alpha1.ImageReviewStatus, int, error) {
	one := review.DeepCopy()
	tries := 0
	var result rest.Result
	delays := wait.Backoff{Duration: w.backoff, Factor: 1.5, Jitter: 0.2, Steps: 5}
	wait.ExponentialBackoff(delays, func() (bool, error) {
		tries++
		result = w.client.Post().Body(one).Do(context.Background())
		return !worthAnotherTry(result.Error()), nil
	})
	if err := result.Error(); err != nil {
		return one.Status, tries, err
	}
	var code int
	if result.StatusCode(&code); code < 200 || code >= 300 {
		return one.Status, tries, fmt.Errorf("status %d", code)
	}
	err := result.Into(one)
	return one.Status, tries, err
}

// told is what a decision says.
func told(status v1alpha1.ImageReviewStatus) string {
	if status.Allowed {
		return "allowed"
	}
	return "denied: " + status.Reason
}

// worthAnotherTry tells whether the API server would ask again after this error.
func worthAnotherTry(err error) bool {
	if err == nil {
		return false
	}
	_, told := errors.SuggestsClientDelay(err)
	return told || utilnet.IsConnectionReset(err) || utilnet.IsHTTP2ConnectionLost(err) || errors.IsInternalError(err) ||
		errors.IsTimeout(err) || errors.IsTooManyRequests(err)
}
