package io.imagegate.war;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is one Tomcat's own: its configuration, and the WAR as somebody dropped it into {@code webapps}. */
record CatalinaBase(Path directory) {

    private static final String SERVER = """
            <Server port="-1">
              <Service name="Catalina">
                <Connector port="0" address="127.0.0.1" protocol="HTTP/1.1" SSLEnabled="true" scheme="https" secure="true"
                           maxThreads="${test.threads:-200}">
                  <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
                  <SSLHostConfig>
                    <Certificate certificateKeystoreFile="%s" certificateKeystorePassword="%s"
                                 certificateKeystoreType="PKCS12"/>
                  </SSLHostConfig>
                </Connector>
                <Engine name="Catalina" defaultHost="localhost">
                  <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false"/>
                </Engine>
              </Service>
            </Server>
            """;

    /** Searching jars for tags and annotations takes half of an application's start; the WAR that is dropped in is searched. */
    private static final String NO_SEARCH =
            "<JarScanner scanClassPath=\"false\"><JarScanFilter defaultPluggabilityScan=\"false\" defaultTldScan=\"false\"/>"
                    + "</JarScanner>";

    static CatalinaBase create(Path directory, Path home, TestIdentity identity) throws IOException {
        for (String folder : new String[] {"conf/Catalina/localhost", "logs", "temp", "webapps", "work"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        Files.copy(home.resolve("conf/web.xml"), directory.resolve("conf/web.xml"));
        Files.writeString(
                directory.resolve("conf/server.xml"), SERVER.formatted(identity.keyStore(), TestIdentity.PASSWORD));
        Files.copy(Path.of(System.getProperty("imagegate.war")), directory.resolve("webapps/imagegate.war"));
        return new CatalinaBase(directory);
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
