package io.imagegate.war;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is one Tomcat's own: its configuration, and the WAR as somebody dropped it into {@code webapps}. */
record CatalinaBase(Path directory) {

    private static final Path PAGE = Path.of("../README.md");

    /** Searching jars for tags and annotations takes half of an application's start; the WAR that is dropped in is searched. */
    private static final String NO_SEARCH =
            "<JarScanner scanClassPath=\"false\"><JarScanFilter defaultPluggabilityScan=\"false\" defaultTldScan=\"false\"/>"
                    + "</JarScanner>";

    static CatalinaBase create(Path directory, Path home, TestIdentity identity) throws IOException {
        for (String folder : new String[] {"conf/Catalina/localhost", "logs", "temp", "webapps", "work"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        Files.copy(home.resolve("conf/web.xml"), directory.resolve("conf/web.xml"));
        Files.writeString(directory.resolve("conf/server.xml"), server(Files.readString(PAGE), identity));
        Files.copy(Path.of(System.getProperty("imagegate.war")), directory.resolve("webapps/imagegate.war"));
        return new CatalinaBase(directory);
    }

    /** {@return the configuration of the page, with the files of a test, for clients with and without a certificate} */
    private static String server(String page, TestIdentity identity) {
        int start = page.indexOf("<Server ");
        return page.substring(start, page.indexOf("```", start))
                .replace("port=\"8443\"", "port=\"0\" address=\"127.0.0.1\" maxThreads=\"${test.threads:-200}\"")
                .replace("\"required\"", "\"optional\"")
                .replace("conf/clients-ca.p12", identity.trustStore().toString())
                .replace("conf/server.p12", identity.keyStore().toString())
                .replace("changeit", TestIdentity.PASSWORD)
                .replace("appBase=\"webapps\"", "appBase=\"webapps\" unpackWARs=\"true\" autoDeploy=\"false\"");
    }

    /** Adds the WAR once more, by another name, configured from outside, as an administrator does. */
    CatalinaBase add(String application, String elements) throws IOException {
        Files.writeString(
                directory.resolve("conf/Catalina/localhost").resolve(application + ".xml"),
                "<Context docBase=\"" + System.getProperty("imagegate.war") + "\">" + NO_SEARCH + elements
                        + "</Context>");
        return this;
    }
}
