package io.imagegate.war;

import org.junit.jupiter.api.Tag;

/** Rules on content and signatures in Tomcat 10.1. */
@Tag("full")
class Tomcat10RegistriesIT extends TomcatRegistries {

    Tomcat10RegistriesIT() {
        super("imagegate.tomcat10");
    }
}
