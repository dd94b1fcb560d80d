package io.imagegate.war;

/** Rules on content in Tomcat 10.1. */
class Tomcat10RegistriesIT extends TomcatRegistries {

    Tomcat10RegistriesIT() {
        super("imagegate.tomcat10");
    }
}
