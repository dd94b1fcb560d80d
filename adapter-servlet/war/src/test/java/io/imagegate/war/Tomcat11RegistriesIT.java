package io.imagegate.war;

/** Rules on content and signatures in Tomcat 11. */
class Tomcat11RegistriesIT extends TomcatRegistries {

    Tomcat11RegistriesIT() {
        super("imagegate.tomcat11");
    }
}
