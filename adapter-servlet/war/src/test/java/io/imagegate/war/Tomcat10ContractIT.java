package io.imagegate.war;

import org.junit.jupiter.api.Tag;

/** The contract in Tomcat 10.1. */
@Tag("full")
class Tomcat10ContractIT extends TomcatContract {

    Tomcat10ContractIT() {
        super("imagegate.tomcat10");
    }
}
