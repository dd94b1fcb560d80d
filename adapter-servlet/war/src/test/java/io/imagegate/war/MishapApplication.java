package io.imagegate.war;

import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.Mishap;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Somebody's own web application beside the WAR, with its libraries and every {@link Mishap}. */
public final class MishapApplication implements ServletContextListener {

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <listener><listener-class>%s</listener-class></listener>
            </web-app>
            """;
    private static final String LIBRARIES = "WEB-INF/lib/";

    /** Made by the container. */
    public MishapApplication() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        for (Mishap mishap : Mishap.all()) {
            PolicyWebhook webhook = mishap.webhook();
            context.addServlet(mishap.path(), new PolicyWebhookServlet(webhook)).addMapping(mishap.path());
        }
    }

    /** Writes the application into a folder of {@code webapps}. */
    static void write(Path folder, Path war) throws IOException {
        Path libraries = Files.createDirectories(folder.resolve(LIBRARIES));
        Files.writeString(folder.resolve("WEB-INF/web.xml"), WEB_XML.formatted(MishapApplication.class.getName()));
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(war))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().startsWith(LIBRARIES) && !entry.isDirectory()) {
                    Files.copy(zip, libraries.resolve(entry.getName().substring(LIBRARIES.length())));
                }
            }
        }
        Path classes = folder.resolve("WEB-INF/classes");
        copy(MishapApplication.class.getName(), classes);
        copy(Mishap.class.getName(), classes);
        for (Class<?> nested : Mishap.class.getDeclaredClasses()) {
            copy(nested.getName(), classes);
        }
        // Classes that the compiler numbers.
        for (int i = 1; copy(Mishap.class.getName() + "$" + i, classes); i++) {}
    }

    private static boolean copy(String type, Path classes) throws IOException {
        String name = type.replace('.', '/') + ".class";
        Path file = classes.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream in = MishapApplication.class.getResourceAsStream("/" + name)) {
            if (in != null) {
                Files.copy(in, file);
            }
            return in != null;
        }
    }
}
