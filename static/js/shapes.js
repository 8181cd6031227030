// How marks and dotted ties are drawn: the shapes of static/icons.svg as small programs.
const { UNSIGNED_BYTE, FLOAT, TRIANGLES } = WebGLRenderingContext;
const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_shape;
varying float v_pixels;
void main() {
  v_pixels = a_size / u_sizeRatio;
  v_at = 4.0 * vec2(cos(a_angle), sin(a_angle));
  vec2 place = a_position + v_at * v_pixels * u_correctionRatio * 2.0;
  gl_Position = vec4((u_matrix * vec3(place, 1)).xy, 0, 1);
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;
const FRAGMENT = `
precision highp float;
uniform vec3 u_paper;
varying vec4 v_color;
varying vec2 v_at;
varying float v_shape;
varying float v_pixels;
void main(void) {
  vec2 p = abs(v_at);
  bool mute = v_shape > 3.5;
  float shape = mute ? v_shape - 4.0 : v_shape;
  float far = length(p) - 0.875;
  if (shape < 0.5) far = max(p.x, p.y) - 0.81;
  else if (shape > 2.5) far = (p.x + p.y - 1.0) * 0.7071;
  else if (shape > 1.5) far = max(p.y - 0.875, dot(p, vec2(0.879, 0.477)) - 0.835);
  far *= v_pixels;
  #ifdef PICKING_MODE
  if (far > 3.0) discard;
  gl_FragColor = v_color;
  #else
  vec3 ink = mute ? mix(v_color.rgb, mix(u_paper, v_color.rgb, 0.4), smoothstep(1.0, 2.0, -far)) : v_color.rgb;
  ink = mix(ink, u_paper, smoothstep(-0.5, 0.5, far));
  gl_FragColor = vec4(ink, 1.0) * (1.0 - smoothstep(0.5, 1.5, far));
  #endif
}`;

export const programs = ({ NodeProgram, EdgeRectangleProgram, floatColor }, look) => ({
  Mark: class extends NodeProgram {
    getDefinition() {
      return {
        VERTICES: 3, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, METHOD: TRIANGLES,
        UNIFORMS: ["u_matrix", "u_sizeRatio", "u_correctionRatio", "u_paper"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
        CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
      };
    }
    processVisibleItem(id, start, mark) {
      this.array.set([mark.x, mark.y, mark.size, floatColor(mark.color), mark.shape, id], start);
    }
    setUniforms({ matrix, sizeRatio, correctionRatio }, { gl, uniformLocations: at }) {
      gl.uniformMatrix3fv(at.u_matrix, false, matrix);
      gl.uniform1f(at.u_sizeRatio, sizeRatio);
      gl.uniform1f(at.u_correctionRatio, correctionRatio);
      gl.uniform3fv(at.u_paper, look.paper.map((part) => part / 255));
    }
  },
  Dotted: class extends EdgeRectangleProgram {
    getDefinition() {
      const drawn = super.getDefinition();
      const along = "varying float v_along;\nvoid main(";
      const vertex = drawn.VERTEX_SHADER_SOURCE.replace("void main(", along).replace(
        "{\n", "{\n  v_along = a_positionCoef * length(a_positionEnd - a_positionStart) / u_correctionRatio;\n",
      );
      const fragment = drawn.FRAGMENT_SHADER_SOURCE.replace("mediump", "highp")
        .replace("void main(", along).replace("{\n", "{\n  if (mod(v_along, 10.0) > 4.5) discard;\n");
      return { ...drawn, VERTEX_SHADER_SOURCE: vertex, FRAGMENT_SHADER_SOURCE: fragment };
    }
  },
});
