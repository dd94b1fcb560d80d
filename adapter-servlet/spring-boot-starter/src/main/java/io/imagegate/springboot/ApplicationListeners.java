package io.imagegate.springboot;

import io.imagegate.metric.MetricSink;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import io.imagegate.webhook.ReviewMetrics;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Metrics and listeners of the application, for decisions that it asks of the gate. They are looked for at the first decision: a
 * listener may need the gate itself.
 */
final class ApplicationListeners implements DecisionListener {

    private final SingletonSupplier<DecisionListener> all;

    ApplicationListeners(ObjectProvider<MetricSink> metrics, ObjectProvider<DecisionListener> listeners) {
        all = SingletonSupplier.of(() -> {
            List<DecisionListener> found = new ArrayList<>();
            metrics.ifAvailable(shown -> found.add(new ReviewMetrics(shown, List.of())));
            listeners.orderedStream().forEach(found::add);
            return DecisionListener.all(found);
        });
    }

    @Override
    public void reviewed(ReviewEvent event) {
        all.obtain().reviewed(event);
    }
}
