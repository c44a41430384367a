# One image for the API, the projector and the commands. Which of them it is, the command decides.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

# Install scripts are not run: nothing here needs one. The one of the npm package `node`, which brings Node 24 to
# machines with an older one, would put a second Node beside the one of the image.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json ./
COPY apps apps
COPY libs libs
RUN npm run -s build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The compiler is optional for a package of production: without the second word it would come along.
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
# It owns nothing here, and writes nothing.
USER node
EXPOSE 3000
# As `npm start`, without npm between the process and its signals. The others: see docker-compose.yml.
CMD ["node", "--max-semi-space-size=4", "--heap-growing-percent=40", "dist/apps/api/src/main.js"]
