package io.imagegate.war;

import org.jspecify.annotations.Nullable;

/**
 * Current status of the registries.
 *
 * @param location location of their file, or that there is none
 * @param origin source of the setting
 * @param problem why the file is not in use, or null if it is or none is set
 */
record RegistriesStatus(
        String location, String origin, @Nullable String problem) {}
