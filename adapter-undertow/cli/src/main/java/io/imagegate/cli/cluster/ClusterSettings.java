package io.imagegate.cli.cluster;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which cluster is read, as the command line says it.
 *
 * @param kubeconfig the kubeconfig; empty for the one that the environment names, or the pod's account
 * @param context the context in it; empty for its current one
 * @param server URL of an API server on this machine that needs no credentials; empty for the kubeconfig's
 */
public record ClusterSettings(Optional<Path> kubeconfig, Optional<String> context, Optional<String> server) {}
