package io.imagegate.war;

/** The web application in Tomcat 10.1. */
class Tomcat10IT extends TomcatDeployment {

    Tomcat10IT() {
        super("imagegate.tomcat10");
    }
}
