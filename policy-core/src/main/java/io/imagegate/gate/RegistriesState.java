package io.imagegate.gate;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Registries of a gate, whose file is read once.
 *
 * @param file the file
 * @param digest its SHA-256, in hexadecimal
 * @param count the number of its entries
 * @param loadedAt when it was read
 * @since 0.1
 */
public record RegistriesState(Path file, String digest, int count, Instant loadedAt) {}
