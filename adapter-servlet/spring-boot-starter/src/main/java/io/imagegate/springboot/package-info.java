/**
 * Imagegate in a Spring Boot application: properties {@code imagegate.*} open the policies and map the webhook, as a servlet or
 * as a filter of WebFlux. What the application
 * has as a bean is used in place of what is configured here: a {@link io.imagegate.gate.LiveGate}, a
 * {@link io.imagegate.webhook.PolicyWebhook}, {@link io.imagegate.metric.MetricSink}. Beans of type
 * {@link io.imagegate.rule.RuleFactory}, {@link io.imagegate.fact.FactSource} or {@link io.imagegate.policy.FactSourcesBuilder}, {@link io.imagegate.gate.GateListener} and
 * {@link io.imagegate.webhook.DecisionListener} are taken up.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.springboot;

import org.jspecify.annotations.NullMarked;
