//! The OpenAPI document, made from the same table that mounts the routes.

use axum::http::StatusCode;
use linli_app::command::{Command, Query};
use linli_domain::people::Permission;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder, Server,
};
use utoipa::{PartialSchema as _, ToSchema};

/// The document while it is put together.
pub(super) struct Document {
    paths: PathsBuilder,
    schemas: Vec<(String, RefOr<Schema>)>,
}

impl Document {
    pub fn new() -> Self {
        Self { paths: PathsBuilder::new(), schemas: Vec::new() }
    }

    pub fn command<C: Command>(&mut self, path: &'static str, status: StatusCode) {
        let input = self.schema::<C::Input>();
        let body = RequestBodyBuilder::new()
            .content("application/json", ContentBuilder::new().schema(Some(input)).build())
            .required(Some(Required::True))
            .build();
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("The same key with the same body gets the first answer again, for a day."))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build();
        let operation = self.operation::<C::Done>(super::serve::operation::<C>(), path, C::MAY, status);
        self.add(path, HttpMethod::Post, operation.request_body(Some(body)).parameter(key));
    }

    pub fn query<Q: Query>(&mut self, path: &'static str) {
        let mut operation = self.operation::<Q::View>(Q::NAME, path, Q::MAY, StatusCode::OK);
        if let RefOr::T(Schema::Object(fields)) = Q::Input::schema() {
            for (name, schema) in fields.properties {
                let parameter = ParameterBuilder::new()
                    .name(name)
                    .parameter_in(ParameterIn::Query)
                    .required(Required::False)
                    .schema(Some(schema))
                    .build();
                operation = operation.parameter(parameter);
            }
        }
        self.add(path, HttpMethod::Get, operation);
    }

    fn add(&mut self, path: &'static str, method: HttpMethod, operation: OperationBuilder) {
        let paths = std::mem::take(&mut self.paths);
        self.paths = paths.path(path, PathItem::new(method, operation.build()));
    }

    fn schema<T: ToSchema>(&mut self) -> RefOr<Schema> {
        let name = T::name().into_owned();
        self.schemas.push((name.clone(), T::schema()));
        T::schemas(&mut self.schemas);
        RefOr::Ref(Ref::from_schema_name(name))
    }

    fn operation<T: ToSchema>(
        &mut self,
        name: &'static str,
        path: &'static str,
        may: Permission,
        status: StatusCode,
    ) -> OperationBuilder {
        let answer = ContentBuilder::new().schema(Some(self.schema::<T>())).build();
        let done = ResponseBuilder::new().description("Done").content("application/json", answer).build();
        let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let refused =
            ResponseBuilder::new().description("Refused").content("application/problem+json", problem).build();
        let mut operation = OperationBuilder::new()
            .operation_id(Some(name.replace('-', "_")))
            .response(status.as_str(), done)
            .response("default", refused);
        for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let parameter = ParameterBuilder::new()
                .name(part)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
                .build();
            operation = operation.parameter(parameter);
        }
        let open = Permission::EVERYBODY | Permission::HOLD_RECEIPT;
        if !open.contains(may) {
            operation = operation.security(SecurityRequirement::new("session", Vec::<String>::new()));
        }
        operation
    }

    pub fn finish(self, public_url: &str) -> String {
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let mut components = ComponentsBuilder::new()
            .security_scheme("session", SecurityScheme::Http(token))
            .schema("Problem", problem());
        for (name, schema) in self.schemas {
            components = components.schema(name, schema);
        }
        let document = OpenApiBuilder::new()
            .info(InfoBuilder::new().title("Linli").version(env!("CARGO_PKG_VERSION")).build())
            .servers(Some([Server::new(public_url)]))
            .paths(self.paths)
            .components(Some(components.build()))
            .build();
        document.to_pretty_json().unwrap_or_default()
    }
}

/// RFC 9457, with our own members.
fn problem() -> Schema {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let object = ObjectBuilder::new()
        .property("type", text())
        .property("title", text())
        .property("status", ObjectBuilder::new().schema_type(Type::Integer))
        .property("code", text())
        .property("detail", text())
        .property("request_id", text());
    Schema::Object(object.build())
}
