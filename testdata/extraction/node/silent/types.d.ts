declare const server: import("http").Server; declare function x(): void;
