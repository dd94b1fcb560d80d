package io.imagegate.war;

import org.junit.jupiter.api.Tag;

/** The web application in Tomcat 10.1. */
@Tag("full")
class Tomcat10IT extends TomcatDeployment {

    Tomcat10IT() {
        super("imagegate.tomcat10");
    }
}
