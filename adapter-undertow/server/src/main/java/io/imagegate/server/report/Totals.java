package io.imagegate.server.report;

/**
 * How much was checked.
 *
 * @param subjects images, objects and reviews
 * @param images images in them
 * @param denied subjects that were denied
 */
public record Totals(long subjects, long images, long denied) {}
