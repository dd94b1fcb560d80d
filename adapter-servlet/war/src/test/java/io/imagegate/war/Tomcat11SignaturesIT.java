package io.imagegate.war;

/** Rules on signatures in Tomcat 11. */
class Tomcat11SignaturesIT extends TomcatSignatures {

    Tomcat11SignaturesIT() {
        super("imagegate.tomcat11");
    }
}
