package io.imagegate.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Service that answers reviews, as application.properties says. */
@SpringBootApplication(proxyBeanMethods = false)
public class ReviewService {

    /**
     * Starts the service.
     *
     * @param arguments settings of Spring Boot
     */
    public static void main(String[] arguments) {
        SpringApplication.run(ReviewService.class, arguments);
    }
}
