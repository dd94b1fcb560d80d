package io.imagegate.war;

/** The contract in Tomcat 11. */
class Tomcat11ContractIT extends TomcatContract {

    Tomcat11ContractIT() {
        super("imagegate.tomcat11");
    }
}
