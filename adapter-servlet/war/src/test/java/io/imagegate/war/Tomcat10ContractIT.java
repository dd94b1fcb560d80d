package io.imagegate.war;

/** The contract in Tomcat 10.1. */
class Tomcat10ContractIT extends TomcatContract {

    Tomcat10ContractIT() {
        super("imagegate.tomcat10");
    }
}
