package io.imagegate.kubernetes;

/**
 * Place of a template, whose metadata objects get that are made from it.
 *
 * @param path the path
 * @param isOfPods whether pods are made from it
 */
record TemplatePlace(String path, boolean isOfPods) {}
