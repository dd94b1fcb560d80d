package io.imagegate.war;

import org.junit.jupiter.api.Tag;

/** Rules on signatures in Tomcat 10.1. */
@Tag("full")
class Tomcat10SignaturesIT extends TomcatSignatures {

    Tomcat10SignaturesIT() {
        super("imagegate.tomcat10");
    }
}
