package io.imagegate.war;

/** Rules on signatures in Tomcat 10.1. */
class Tomcat10SignaturesIT extends TomcatSignatures {

    Tomcat10SignaturesIT() {
        super("imagegate.tomcat10");
    }
}
