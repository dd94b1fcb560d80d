package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The works in the runnable jar ask that their licences and notices go with them. */
class LicencesIT {

    @Test
    @DisplayName("the jar carries the licence of each work in it, and the notices, which say what is under which")
    void licencesGoWithTheWorks() throws IOException {
        assertThat(entry("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
        assertThat(entry("META-INF/LICENSE.md"))
                .contains("The Legion of the Bouncy Castle", "Permission is hereby granted");
        assertThat(entry("META-INF/LICENSE-BSD"))
                .contains("ANTLR", "Google Inc.", "The Go Authors", "Stephen Colebourne", "Redistribution and use");
        assertThat(entry("META-INF/LICENSE-CODEMIRROR")).contains("@codemirror/view", "@lezer/lr", "MIT License");
        assertThat(entry("META-INF/FastDoubleParser-LICENSE")).contains("MIT License");
        assertThat(entry("META-INF/Schubfach-LICENSE")).contains("Permission is hereby granted");
    }

    @Test
    @DisplayName("the notices are this project's and its parts', and claim nothing for others")
    void noticesAreMerged() throws IOException {
        assertThat(entry("META-INF/NOTICE"))
                .startsWith("\nImagegate\nCopyright 2026 The Imagegate authors\n")
                .contains(
                        "Bouncy Castle (META-INF/LICENSE.md)",
                        "The Prometheus Authors",
                        "Copyright © 2023 Werner Randelshofer")
                .doesNotContain("Apache Software Foundation");
    }

    private static String entry(String name) throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("imagegate.jar"))) {
            try (var in = jar.getInputStream(jar.getJarEntry(name))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
