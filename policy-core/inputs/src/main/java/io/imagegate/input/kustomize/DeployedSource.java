package io.imagegate.input.kustomize;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an object of Flux, Argo CD or k3s deploys: a folder of a repository with changes, or a chart with values and changes.
 *
 * @param what what is deployed, for messages
 * @param folders the folders of this run that its path may mean; null for a chart by its name
 * @param files the files in these folders that are deployed as they are written; null for a kustomization or chart
 * @param changes fields of a kustomization that the object adds to that of the folder, or has for what a chart makes
 * @param labels {@code labels} and {@code annotations} that all objects get; null for none
 * @param values values of a chart from all places that are known; null for a folder that is no chart
 * @param variables variables that are replaced in all objects; null for none
 */
record DeployedSource(
        ManifestNode what,
        @Nullable List<Path> folders,
        @Nullable List<Path> files,
        ManifestNode changes,
        @Nullable ManifestNode labels,
        @Nullable ChartLayers values,
        @Nullable FluxVariables variables) {

    /** {@return whether a chart or folder is named} */
    boolean isNamed() {
        return what.isScalar() || !what.fields.isEmpty();
    }

    /** {@return whether the objects of the folder are others than those that are there} */
    boolean changesObjects() {
        return !changes.fields.isEmpty() || labels != null || variables != null;
    }
}
