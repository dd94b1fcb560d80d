package io.imagegate.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledOnOs;

/** Skips fuzz targets where Jazzer cannot run. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledOnOs(
        architectures = {"amd64", "x86_64"},
        disabledReason = "*** NOT FUZZED: Jazzer has no library for this kind of processor ***")
public @interface WhereJazzerRuns {}
