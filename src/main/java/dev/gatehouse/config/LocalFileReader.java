package dev.gatehouse.config;

import dev.gatehouse.document.Node;
import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.ScalarNode;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.AdminSettings;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.CertificateSource;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.ListenSettings;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.ReloadSettings;
import dev.gatehouse.model.ShutdownSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The local file (product.md section 3): its first level and the parts that are short. Confined to one load. */
final class LocalFileReader {
    static final List<String> KEYS = List.of(
            "listen",
            "pools",
            "addresses",
            "certificates",
            "trust",
            "parameters",
            "scope",
            "references",
            "webSocket",
            "accessLog",
            "admin",
            "reload",
            "limits",
            "buffering",
            "forwarding",
            "affinity",
            "tokens",
            "shutdown",
            "health",
            "probes");
    static final List<String> LISTEN_KEYS = List.of("address", "ports", "frontends");
    static final List<String> ADMIN_KEYS = List.of("listen");
    static final List<String> RELOAD_KEYS = List.of("watch");
    static final List<String> SHUTDOWN_KEYS = List.of("timeout");

    private static final String LOOPBACK = "127.0.0.1";

    private final Problems problems;
    private final Quantities quantities;
    private final CertificateSources sources;
    private final StrictObject root;
    private final TrafficReader traffic;
    private final Path directory;

    LocalFileReader(ObjectNode root, Path directory, Problems problems) {
        this.problems = problems;
        this.directory = directory;
        this.quantities = new Quantities(problems);
        this.sources = new CertificateSources(directory, problems);
        this.root = new StrictObject(Optional.of(root), KEYS, problems);
        this.traffic = new TrafficReader(this.root, directory, problems);
    }

    LocalFile read() {
        StrictObject listen = new StrictObject(root.object("listen"), LISTEN_KEYS, problems);
        StrictObject admin = new StrictObject(root.object("admin"), ADMIN_KEYS, problems);
        StrictObject webSocket =
                new StrictObject(root.object("webSocket"), WebSocketReader.KEYS, new Problems()); // the reader tells
        LocalSettings settings = new LocalSettings(
                listen(listen),
                pools(),
                addresses(),
                certificates("certificates"),
                certificates("trust"),
                new WebSocketReader(root.object("webSocket"), problems).read(),
                new AccessLogReader(root.object("accessLog"), directory, problems).read(),
                admin(admin),
                reload(),
                traffic.read(),
                shutdown(),
                new ProbeKindReader(root, problems).read());
        return new LocalFile(
                settings,
                places(root.entries("pools")),
                places(listen.entries("frontends")),
                places(root.entries("certificates")),
                places(root.entries("trust")),
                places(root.entries("probes")),
                places(webSocket.entries("modes")),
                places(webSocket.entries("whenUnhealthy")),
                admin.get("listen").map(Node::place),
                root.object("parameters"),
                root.object("scope"),
                root.object("references"));
    }

    private ListenSettings listen(StrictObject listen) {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        listen.entries("ports")
                .forEach((from, member) -> port(from, member, listen).ifPresent(to -> {
                    ports.put(Integer.valueOf(from.strip()), to);
                }));
        Map<String, String> frontends = new LinkedHashMap<>();
        listen.entries("frontends")
                .forEach((name, member) ->
                        host(member.value(), listen).ifPresent(host -> frontends.put(ObjectNode.fold(name), host)));
        String address =
                listen.get("address").flatMap(node -> host(node, listen)).orElse(ListenSettings.DEFAULT.address());
        return new ListenSettings(address, ports, frontends);
    }

    private Optional<Integer> port(String from, ObjectNode.Member member, StrictObject listen) {
        boolean isPort = HostPort.parse("localhost:" + from.strip())
                .filter(address -> address.port() != null && address.port() > 0)
                .isPresent();
        if (!isPort) {
            problems.error(
                    "LOCAL",
                    Kind.RANGE,
                    member.place(),
                    Wording.quote(from) + " is no port.",
                    "Name a port of the gateway file, 1 to 65535.");
        }
        Optional<Integer> localPort = listen.values().integer(member.value(), 1, 65535, "LOCAL");
        return isPort ? localPort : Optional.empty();
    }

    private Optional<String> host(Node node, StrictObject owner) {
        Optional<String> text = owner.values().text(node).map(String::strip);
        Optional<String> host = text.flatMap(HostPort::parse)
                .filter(address -> address.port() == null)
                .map(HostPort::host);
        if (text.isPresent() && host.isEmpty()) {
            problems.error(
                    "LOCAL",
                    Kind.RANGE,
                    node.place(),
                    Wording.quote(text.get()) + " is no address to bind.",
                    "Give an IP address or a host name without a port; ports go into \"listen.ports\".");
        }
        return host;
    }

    private Map<String, List<BackendAddress>> pools() {
        Map<String, List<BackendAddress>> pools = new LinkedHashMap<>();
        root.entries("pools").forEach((name, member) -> {
            List<BackendAddress> members = new ArrayList<>();
            root.elements(member.value())
                    .forEach(node -> quantities
                            .backend(node)
                            .ifPresent(address -> members.add(new BackendAddress(address.host(), address.port()))));
            pools.put(ObjectNode.fold(name), List.copyOf(members));
        });
        return pools;
    }

    private AddressMap addresses() {
        List<AddressMap.Entry> entries = new ArrayList<>();
        root.entries("addresses")
                .forEach((pattern, member) -> quantities
                        .backend(member.value())
                        .flatMap(to -> entry(pattern, to, member))
                        .ifPresent(entries::add));
        return new AddressMap(entries);
    }

    private Optional<AddressMap.Entry> entry(String pattern, HostPort to, ObjectNode.Member member) {
        try {
            return Optional.of(new AddressMap.Entry(pattern.strip(), new BackendAddress(to.host(), to.port())));
        } catch (IllegalArgumentException e) {
            problems.error(
                    "LOCAL",
                    Kind.RANGE,
                    member.place(),
                    Wording.quote(pattern) + " fits no address: " + e.getMessage() + ".",
                    "Write a host, host:port, *.suffix or a block such as 10.0.0.0/8.");
            return Optional.empty();
        }
    }

    private Map<String, CertificateSource> certificates(String key) {
        Map<String, CertificateSource> certificates = new LinkedHashMap<>();
        boolean needsKey = key.equals("certificates");
        root.entries(key)
                .forEach((name, member) -> sources.read(member.value(), needsKey)
                        .ifPresent(source -> certificates.put(ObjectNode.fold(name), source)));
        return certificates;
    }

    private AdminSettings admin(StrictObject admin) {
        Optional<Node> listen = admin.get("listen");
        if (listen.filter(LocalFileReader::isOff).isPresent()) {
            return AdminSettings.OFF;
        }
        return listen.flatMap(node -> quantities.listen(node, LOOPBACK))
                .map(address -> new ListenAddress(address.host(), address.port() == null ? 0 : address.port()))
                .map(address -> new AdminSettings(Optional.of(address), true))
                .orElse(AdminSettings.DEFAULT);
    }

    private static boolean isOff(Node node) {
        return node instanceof ScalarNode scalar
                && (scalar.isText()
                        ? scalar.text().strip().equalsIgnoreCase("off")
                        : scalar.type() == ScalarNode.Type.BOOLEAN
                                && scalar.text().equals("false"));
    }

    private ReloadSettings reload() {
        StrictObject reload = new StrictObject(root.object("reload"), RELOAD_KEYS, problems);
        return new ReloadSettings(reload.flag("watch", ReloadSettings.DEFAULT.watch()));
    }

    private ShutdownSettings shutdown() {
        StrictObject shutdown = new StrictObject(root.object("shutdown"), SHUTDOWN_KEYS, problems);
        return shutdown.get("timeout")
                .flatMap(node -> quantities.duration(node).filter(timeout -> isShutdown(timeout, node.place())))
                .map(ShutdownSettings::new)
                .orElse(ShutdownSettings.DEFAULT);
    }

    private boolean isShutdown(Duration timeout, Place place) {
        boolean fits = timeout.compareTo(ShutdownSettings.LONGEST) <= 0;
        if (!fits) {
            problems.error(
                    "LOCAL",
                    Kind.RANGE,
                    place,
                    "no shutdown may take longer than an hour.",
                    "Write a duration from \"0s\" to \"1h\".");
        }
        return fits;
    }

    private static Map<String, Place> places(Map<String, ObjectNode.Member> members) {
        Map<String, Place> places = new LinkedHashMap<>();
        members.forEach((name, member) -> places.put(name, member.place()));
        return places;
    }
}
