package io.imagegate.input.kubernetes;

import io.imagegate.workload.Workloads;

/**
 * How the objects of a run are read.
 *
 * @param workloads where images stand in objects of each kind
 * @param asWebhook whether objects are judged as a webhook judges them to which they are sent: kinds that it does not know are denied
 *     whatever their fields, no value of a chart is passed over, and a container without an image is no part of a patch
 */
public record ObjectReading(Workloads workloads, boolean asWebhook) {}
