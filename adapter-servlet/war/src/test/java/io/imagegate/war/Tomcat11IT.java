package io.imagegate.war;

/** The web application in Tomcat 11. */
class Tomcat11IT extends TomcatDeployment {

    Tomcat11IT() {
        super("imagegate.tomcat11");
    }
}
