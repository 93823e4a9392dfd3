package dev.gatehouse.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the machine offers: programs, ports, this JVM's own launcher. */
final class Tools {
    private Tools() {}

    /** A program on the path, or where Debian keeps servers. */
    static Optional<String> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static String require(String program) {
        return find(program).orElseThrow(() -> new IllegalStateException(program + " is not installed"));
    }

    /** Free a moment ago; nobody else on this machine should be looking for one. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Command that runs a class of the benchmark. */
    static List<String> java(List<String> jvmOptions, Class<?> main, List<String> arguments) {
        return launcher(jvmOptions, List.of("-cp", classPath(), main.getName()), arguments);
    }

    /** Command that runs a jar. */
    static List<String> javaJar(List<String> jvmOptions, Path jar, List<String> arguments) {
        return launcher(jvmOptions, List.of("-jar", jar.toString()), arguments);
    }

    static String classPath() {
        // exec:java runs us inside Maven, where the property tells Maven's class path and not ours.
        if (Tools.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static List<String> launcher(List<String> jvmOptions, List<String> what, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(what);
        command.addAll(arguments);
        return command;
    }
}
